"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("wishes", __name__)

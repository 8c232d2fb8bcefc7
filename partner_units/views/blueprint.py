"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("partner_units", __name__)

"""The street's own Word template: upload, the fields it may name, a sample to begin with."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from flask import flash, redirect, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation.access import signed_in
from foundation.forms import Form, saying
from oversight.forms.reports import TemplateForm
from oversight.queries.reports import find_template
from oversight.rules.documents import FIELDS, MOST_BYTES, PLACE_FIELDS, ROW
from oversight.services.reporting import drop_template, keep_template
from oversight.views.blueprint import bp
from oversight.views.reports import DOCX, PLAIN_NAME, sample_document
from oversight.views.street_page import my_area, render_street

TEMPLATE = "/oversight/<int:area_id>/report-template"


@bp.route(TEMPLATE, methods=["GET", "POST"])
@signed_in
def report_template(area_id: int) -> Response | tuple[str, int]:
    """Upload it; what is wrong with it is said by name."""
    area, form = my_area(area_id), TemplateForm()
    if form.validate_on_submit():
        file = form.file.data
        with saying(form):
            keep_template(
                area_id, actor_id=current_user.id, content=file.read(MOST_BYTES + 1),
                filename=Path(file.filename or PLAIN_NAME).name,
            )  # fmt: skip
            flash(_("模板换好了，以后的月报都用它。"), "success")
            return redirect(url_for("oversight.report_template", area_id=area_id))
        area = my_area(area_id)
    page = render_street(
        "report_template.html", area, form=form, own=find_template(area.id),
        fields=[(str(field), _(field)) for field in FIELDS],
        row=str(ROW), place_fields=sorted(PLACE_FIELDS),
    )  # fmt: skip
    return page, form.status


@bp.post(f"{TEMPLATE}/drop")
@signed_in
def drop_report_template(area_id: int) -> Response:
    """Go back to the plain one."""
    my_area(area_id)
    if Form().validate_on_submit():
        drop_template(area_id, actor_id=current_user.id)
        flash(_("改回通用模板了。"), "success")
    return redirect(url_for("oversight.report_template", area_id=area_id))


@bp.get(f"{TEMPLATE}/sample.docx")
@signed_in
def sample_template(area_id: int) -> Response:
    """The plain template, to be changed in WPS and brought back."""
    my_area(area_id)
    return send_file(
        BytesIO(sample_document()), mimetype=DOCX, as_attachment=True,
        download_name=f"{_('月报样板')}.docx", max_age=0,
    )  # fmt: skip

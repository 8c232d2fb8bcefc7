"""Tables of the street's desk."""

from oversight.models.reports import MonthlyReport, ReportTemplate

__all__ = ["MonthlyReport", "ReportTemplate"]

"""Reading a delivered file, whatever it is, into batches of text cells with their sheet rows."""

from goodfaith.intake.reading.cells import clean, excel_serial_to_date, is_formula
from goodfaith.intake.reading.opening import open_file
from goodfaith.intake.reading.source import Finding, Source

__all__ = ["Finding", "Source", "clean", "excel_serial_to_date", "is_formula", "open_file"]

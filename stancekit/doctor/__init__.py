"""The doctor: what would spoil training, found and, where safe, mended beforehand."""

from stancekit.doctor.examine import Repair, examine, fix
from stancekit.doctor.findings import Finding, Report

__all__ = ["Finding", "Repair", "Report", "examine", "fix"]

"""Assessment reports of the Care Quality Commission, from plain text to ``Report`` objects."""

from loaders.cqc_report.files import find_files, group_pages, peek_files
from loaders.cqc_report.peek import PageKey, published_on
from loaders.cqc_report.reader import read_group, read_one

__all__ = ["PageKey", "find_files", "group_pages", "peek_files", "published_on", "read_group", "read_one"]

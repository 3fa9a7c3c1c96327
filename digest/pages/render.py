"""Fills a template, and says which template and line is at fault where that fails."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any

import jinja2
from markupsafe import Markup, escape

from digest.errors import TemplateError
from digest.models import File

REMEDY = "correct the template"

# Stands in pieces of pages for the way from a page to the front page. Texts cannot hold it: their
# angle brackets are escaped.
ROOT = Markup("<root>")


def render(
    templates: jinja2.Environment, name: str, *, address: str, values: Mapping[str, Any], root: str
) -> File:
    """Return the page at an address below the site's root, which is `root` from there.

    Raises `TemplateError`.
    """
    text = fill(templates, name, {**values, "root": root, "address": address})
    # What stands for the root in pieces that were printed before the page was known.
    data = text.replace(ROOT, str(escape(root))).encode()
    return File(path=_path_of(address), data=data)


def find_root(address: str) -> str:
    """Return the way from a page to the front page: `../../`, or `./`."""
    return "../" * _path_of(address).count("/") or "./"


def _path_of(address: str) -> str:
    """Return the file of a page; an address that ends in `/` is a folder."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def fill(templates: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
    """Return what a template makes of these values; raise `TemplateError` where it fails."""
    try:
        return templates.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        place = f"templates/{error.name}:{error.lineno}"
        raise TemplateError(place, str(error.message), REMEDY) from error
    except jinja2.TemplateNotFound as error:
        problem = f"there is no template {error.name!r}"
        remedy = "correct the name, or add the file"
        raise TemplateError(_place(error.__traceback__, name), problem, remedy) from error
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8"
        raise TemplateError(f"templates/{name}", problem, "save it as UTF-8") from error
    except Exception as error:
        place = _place(error.__traceback__, name)
        if ":" not in place and not isinstance(error, jinja2.TemplateError):
            raise  # not from a template: a bug of ours
        raise TemplateError(place, str(error) or type(error).__name__, REMEDY) from error


def _place(traceback: TracebackType | None, name: str) -> str:
    """Return where rendering failed: the innermost template in the traceback, and its line."""
    place = f"templates/{name}"
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if "templates/" in file:
            place = f"templates/{file.rpartition('templates/')[2]}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place

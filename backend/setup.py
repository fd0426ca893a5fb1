"""What `pyproject.toml` cannot say: a wheel carries the exported page and the documentation, where they are at hand."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CHECKOUT = Path(__file__).resolve().parents[1]


class BuildWithPage(build_py):
    """Copies them to where `sayso.settings.BUNDLED` looks for them. An editable installation finds its own."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        bundled = Path(self.build_lib) / "sayso" / "bundled"
        # What an earlier build left there may be of another page.
        shutil.rmtree(bundled, ignore_errors=True)
        page = CHECKOUT / "frontend" / "out"
        if (page / "index.html").is_file():
            shutil.copytree(page, bundled / "page", ignore=shutil.ignore_patterns(".*"))
        for document in sorted((CHECKOUT / "docs").rglob("*.md")):
            copy = bundled / "docs" / document.relative_to(CHECKOUT / "docs")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(document, copy)


setup(cmdclass={"build_py": BuildWithPage})

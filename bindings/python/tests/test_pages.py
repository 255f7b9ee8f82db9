"""The page and the notebook do what they say."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import REPOSITORY, SAMPLES, THICK
from nbclient import NotebookClient

PAGE = REPOSITORY / "docs" / "python.md"
NOTEBOOK = Path(__file__).resolve().parents[1] / "examples" / "folder.ipynb"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with samples, from which pages and notebooks work."""
    shutil.copytree(SAMPLES.parent, tmp_path / "samples")
    shutil.copy(THICK[0], tmp_path / "samples" / "reference-thick.png")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_page_runs_from_top_to_bottom(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = [block for block in blocks(PAGE) if "hemozoin.ray" not in block]
    assert len(code) >= 5
    names: dict[str, object] = {"__name__": "__main__"}
    for block in code:
        exec(compile(block, str(PAGE), "exec"), names)
    said = capsys.readouterr().out
    assert "machine" in said and "still to be counted" in said


def test_the_notebook_goes_from_a_folder_to_a_plot(place: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells), "it is kept without what it showed"
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    done = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(place)}}).execute()
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in shown) >= 2

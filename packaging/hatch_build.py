"""Build hook: compiles ui/*.ui into the wheel, so that an installed RetainerDesk has its forms."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FormsBuildHook(BuildHookInterface[Any]):
    """Runs the same compiler as dev.py before the files of a wheel are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        # By path: hatchling loads this file alone, without packaging/ among the places to import from.
        compiler = runpy.run_path(str(root / "packaging" / "compile_forms.py"))
        compiler["compile_forms"](root)

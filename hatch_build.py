"""Builds the compiled wheel: the modules that every sentence goes through, made extension modules by mypyc.

Nothing of this happens unless the builder asks: `HATCH_BUILD_HOOKS_ENABLE=1 pip wheel .`. The package is copied to a
temporary folder and compiled there, so the source tree stays as it is. Each extension module goes into the wheel beside
its source, which tracebacks name. An editable install is never compiled.

The hook's table in pyproject.toml names the `modules`, as patterns within the package.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE = "newsfacts"
_SETUP = f"""
import sys
from mypyc.build import mypycify
from setuptools import setup

modules = mypycify(["--ignore-missing-imports", *sys.argv[1:]], opt_level="2", debug_level="0", group_name="{_PACKAGE}")
setup(name="{_PACKAGE}", packages=[], ext_modules=modules, script_args=["build_ext", "--inplace"])
"""
"""What compiles, in a process of its own: mypyc names modules by their paths from where it runs."""
_LAST_LINES = 20
"""How much of what a failing compiler said is shown."""


class CompiledWheel(BuildHookInterface[Any]):
    """Adds the extension modules to the wheel, and the tag of this platform."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell the builder what came of it."""
        if version == "editable":
            return
        if not _has_compiler():
            self.app.abort(
                "newsfacts: no C compiler to make the compiled wheel with; install one (gcc, clang), or unset "
                "HATCH_BUILD_HOOKS_ENABLE for the pure wheel"
            )
        self._folder = TemporaryDirectory(prefix="newsfacts-build-")
        folder = Path(self._folder.name)
        shutil.copytree(Path(self.root, _PACKAGE), folder / _PACKAGE)
        shutil.copy2(Path(self.root, "pyproject.toml"), folder)  # mypy reads its settings here
        self._compile(folder)
        made = folder.rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}")
        built = {str(path): str(path.relative_to(folder)) for path in made if "build" not in path.parts}
        build_data["force_include"].update(built)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if version != "editable":
            self._folder.cleanup()

    def _compile(self, folder: Path) -> None:
        patterns = [f"{_PACKAGE}/{name}" for name in self.config["modules"]]
        modules = sorted(str(path.relative_to(folder)) for pattern in patterns for path in folder.glob(pattern))
        command = [sys.executable, "-c", _SETUP, *modules]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-_LAST_LINES:])
            self.app.abort(f"{said}\nnewsfacts: mypyc failed; unset HATCH_BUILD_HOOKS_ENABLE for the pure wheel")


def _has_compiler() -> bool:
    """Whether there is the compiler that Python's own build names; on Windows setuptools looks for its own."""
    named = os.environ.get("CC") or sysconfig.get_config_var("CC")
    return os.name == "nt" or (bool(named) and shutil.which(shlex.split(named)[0]) is not None)

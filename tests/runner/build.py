"""Build folders of meson, kept from one run to the next."""
import os
import pathlib
import shutil
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]


class BuildFailed(Exception):
    """The text is the compiler's."""


def run(command: list, **options) -> str:
    result = subprocess.run([str(word) for word in command], cwd=TOP, text=True,
        errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        raise BuildFailed(result.stdout)
    return result.stdout


def build(name: str, *options: str, compiler: str = "gcc") -> pathlib.Path:
    """Configures where needed, and builds.  Meson's warnings are errors."""
    folder = TOP / name
    if not (folder / "build.ninja").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run(["meson", "setup", "--fatal-meson-warnings", folder, *options],
            env=os.environ | {"CC": compiler})
    run(["ninja", "--quiet", "-C", folder])
    return folder

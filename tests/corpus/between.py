"""The complete classifier on authors from whom it has not learned: for each file of labelled
letters the weights are learned from the other files, and the classifier judges that one with
them.  The word lists stay as they are: people wrote them."""
import os
import shutil
import subprocess
import sys
import tempfile

import measure

HERE = os.path.dirname(os.path.realpath(__file__))
DATA = os.path.join(HERE, "../../classifier/data")


def make_letters(files, folder):
    subprocess.run([sys.executable, os.path.join(HERE, "mkeml.py"), *files, folder], check=True)


def judge(program, files, data=None):
    """The table of some files' letters."""
    with tempfile.TemporaryDirectory(prefix="letters-") as folder:
        make_letters(files, folder)
        return measure.measure(measure.read_labels(folder),
                               measure.classify(program, folder, data))


def learn(build, data, files):
    subprocess.run([os.path.join(HERE, "../train/run"), build, data, *files], check=True)


def leave_out(build, program, left, files):
    """The table of one file, by what the others teach."""
    others = [file for file in files if file != left]
    with tempfile.TemporaryDirectory(prefix="learned-") as place:
        data = os.path.join(place, "data")
        shutil.copytree(DATA, data)
        learn(build, data, others)
        return judge(program, [left], data)


def each(build, program, files):
    """File by file: its name, its table."""
    for left in files:
        yield os.path.basename(left), leave_out(build, program, left, files)

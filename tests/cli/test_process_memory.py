import gc
import subprocess
import sys

from bot.cli.process_memory import YOUNG_OBJECTS, put_aside


def test_names_that_are_put_aside_are_not_looked_through_again() -> None:
    before = gc.get_freeze_count()
    kept = [{"name": number} for number in range(100)]
    put_aside()  # for good: what tests import is put aside too
    assert gc.get_freeze_count() >= before + len(kept)


def test_a_process_that_is_set_up_looks_for_garbage_less_often() -> None:
    program = "import gc; from bot.cli.process_memory import set_up_memory; set_up_memory(); print(*gc.get_threshold())"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split()[0] == str(YOUNG_OBJECTS)

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from sayso.storage import migrations
from sayso.storage.statements import Statements


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_every_statement_loads_for_both_drivers() -> None:
    assert ":id" in Statements("sqlite")["claim_run"]
    assert "%(id)s" in Statements("postgres")["claim_run"]

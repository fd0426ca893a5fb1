"""LlamaIndex's WorkflowServer on its DBOS runtime, with the defaults of both.

Arguments: the URL of a PostgreSQL database, and a name for this process among those that share it.
"""

import logging
import sys

from dbos import DBOS  # type: ignore[import-not-found]
from llama_agents.dbos import DBOSRuntime
from llama_agents.server import WorkflowServer

from benchmarks.peers.listen import listen
from benchmarks.workflow import Trivial

if __name__ == "__main__":
    url, executor = sys.argv[1:]
    logging.disable(logging.WARNING)
    DBOS(config={"name": "bench", "system_database_url": url, "run_admin_server": False, "executor_id": executor})
    runtime = DBOSRuntime()
    server = WorkflowServer(workflow_store=runtime.create_workflow_store(), runtime=runtime.build_server_runtime())
    server.add_workflow("trivial", Trivial(timeout=None, runtime=runtime))
    listen(server.app)

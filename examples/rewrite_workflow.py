"""A workflow of one's own is a class that can be imported. This one is Sayso's second, under a name that you choose; read it
in backend/src/sayso/rewrite/workflow.py. From the root of the repository:

    SAYSO_WORKFLOWS=tidy=examples.rewrite_workflow:RewriteWorkflow .venv/bin/sayso serve
"""

# All of them: runs that were begun with the classes of this module name them in their checkpoints.
from sayso.rewrite.workflow import Again, Decision, RewriteWorkflow, Text, TextReview, Working

__all__ = ["Again", "Decision", "RewriteWorkflow", "Text", "TextReview", "Working"]

"""Keeps what LlamaIndex leaves out of a serialized context: the chat memory of its agents, message by message."""

import re
from typing import Any

from pydantic import BaseModel
from workflows.context.serializers import BaseSerializer, JsonSerializer

from sayso.engine.names import load_class, qualified_name

_MEMORY = "__is_chat_memory"
_OF_KEY = re.compile(r"state value for key (\w+)")


class Unkept(Exception):
    """A workflow's context holds what cannot be stored. The message says what."""


class KeepingSerializer(JsonSerializer):
    """Like the one that it is made of, and takes memories with a chat store too.

    LlamaIndex leaves such a memory out with a warning, and a restored agent fails without it. What it leaves out
    nonetheless is in `lost`.
    """

    def __init__(self, like: JsonSerializer) -> None:
        super().__init__()
        # Which classes may be restored is decided by whoever made it.
        self.__dict__.update(like.__dict__)
        self.lost: list[str] = []

    def serialize_value(self, value: Any) -> Any:
        return _memory(value, super().serialize_value) if _is_memory(value) else super().serialize_value(value)

    def serialize(self, value: Any) -> str:
        try:
            return super().serialize(value)
        except ValueError:
            self.lost.append(type(value).__name__)
            raise

    def deserialize_value(self, data: Any) -> Any:
        if not (isinstance(data, dict) and data.get(_MEMORY)):
            return super().deserialize_value(data)
        kind, store, message = (load_class(data[name]) for name in ("memory", "store", "message"))
        messages = {key: [message.model_validate(each) for each in told] for key, told in data["messages"].items()}
        return kind(**data["fields"], chat_store=store(store=messages))


def keeping(serializer: BaseSerializer) -> BaseSerializer:
    """A serializer that keeps more than this one; the same, if it is a kind of its own."""
    return KeepingSerializer(serializer) if type(serializer) is JsonSerializer else serializer


def why_unkept(error: Exception) -> str:
    """What could not be serialized, in words."""
    found = _OF_KEY.search(str(error))
    return (
        f"what is in its state as “{found[1]}” is no JSON" if found else "what an event or its state holds is no JSON"
    )


def _is_memory(value: Any) -> bool:
    messages = getattr(getattr(value, "chat_store", None), "store", None)
    return isinstance(value, BaseModel) and isinstance(messages, dict) and "chat_store" in type(value).model_fields


def _memory(value: Any, other: Any) -> Any:
    messages: dict[str, list[BaseModel]] = value.chat_store.store
    kinds = {type(message) for told in messages.values() for message in told}
    if len(kinds) > 1:
        return other(value)
    return {
        _MEMORY: True,
        "memory": qualified_name(type(value)),
        "store": qualified_name(type(value.chat_store)),
        "message": qualified_name(next(iter(kinds), type(value.chat_store))),
        "messages": {key: [each.model_dump(mode="json") for each in told] for key, told in messages.items()},
        "fields": value.model_dump(mode="json", exclude={"chat_store"}),
    }

"""Ask, decide and read with plain websockets: python examples/client.py "How do redirects work in Next.js?" """

import asyncio
import json
import os
import sys

from websockets.asyncio.client import connect

URL = os.environ.get("SAYSO_URL", "ws://127.0.0.1:8000/query")


async def main(question: str) -> None:
    async with connect(URL, max_size=None) as socket:
        await socket.send(json.dumps({"question": question}))
        async for message in socket:
            event = json.loads(message)
            print(f"[{event['type']}] {event['payload']}\n")
            if event["type"] == "input_required":
                said = (await asyncio.to_thread(input, "yes, or no and what is missing: ")).strip()
                word, _, feedback = said.partition(" ")
                await socket.send(json.dumps({"response": word.rstrip(",.:;"), "feedback": feedback}))


asyncio.run(main(" ".join(sys.argv[1:]) or "How do redirects work in Next.js?"))

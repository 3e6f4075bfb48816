"""A vLLM server, or another that speaks OpenAI's protocol: the qwen engine's questions, sent to it."""

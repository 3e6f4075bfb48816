"""An Ollama server: the qwen engine's questions, sent to it under a JSON Schema."""

"""What the engines that ask a server share: settings, messages, retries, errors, the probe."""

"""What the decode loop is measured with: Qwen's own vocabulary, true answers, a stand-in for the model."""

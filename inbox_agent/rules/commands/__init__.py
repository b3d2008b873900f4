"""What a person may tell the assistant, understood: a grammar over reviewable word lists. Acts on nothing."""

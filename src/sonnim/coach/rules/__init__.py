"""One module for each rule, named after it; `RULE` is what the registry looks for."""

"""Automation: rules that act by themselves, and macros that an agent sets off."""

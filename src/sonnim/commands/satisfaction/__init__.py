"""What `sonnim coach` does about satisfaction: training a model and asking one."""

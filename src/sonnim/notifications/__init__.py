"""What concerns an agent: a list behind a bell, and a push to the agent's devices when nobody sits at the desk."""

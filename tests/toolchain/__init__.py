"""The toolchain itself: what `./run` and `sonnim up` say when a machine lacks something; that the gates can close."""

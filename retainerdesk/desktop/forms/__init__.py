"""Forms compiled from ui/*.ui; see packaging/compile_forms.py."""

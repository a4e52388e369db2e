"""Use-cases: one module a noun, one public function a verb."""

"""File formats in and out: recognise, parse to domain values, report refused rows."""

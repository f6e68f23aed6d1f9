"""What stands around the plans: title, issuer, number, dates, copies."""

"""The secret address of somebody's calendar: made, renewed, revoked. What it holds is not ours."""

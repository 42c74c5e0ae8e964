"""The version of the policy that comes next: in consultation, with comments."""

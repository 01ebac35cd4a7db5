"""What people see of submissions and decide about them: search, pages, decisions, export."""

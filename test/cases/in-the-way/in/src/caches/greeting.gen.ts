// My own work of three weeks.

"""E-invoices: exact values from XML, embedded in a PDF or as the document itself."""

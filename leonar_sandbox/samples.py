"""What a workspace holds before anybody enters a contact: companies, tags and custom-field definitions.

The ids never change, so that a script or a test may name them.
"""

from typing import Any

COMPANIES: list[dict[str, Any]] = [
    {"id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01", "name": "Atelier Numérique", "domain": "atelier-numerique.example"},
    {"id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02", "name": "Baltic Freight", "domain": "baltic-freight.example"},
    {"id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e03", "name": "Cartier & Fils", "domain": "cartier-fils.example"},
    {"id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e04", "name": "Nordlicht Energie", "domain": "nordlicht.example"},
    {"id": "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e05", "name": "Riverside Health", "domain": "riverside-health.example"},
]

TAGS: list[dict[str, Any]] = [
    {"id": "8b0c2d34-1f6a-4d0e-8e8b-6a5d2c9b7f01", "name": "Open to offers", "color": "#2f7d4f", "scope": "contact"},
    {"id": "8b0c2d34-1f6a-4d0e-8e8b-6a5d2c9b7f02", "name": "Relocates", "color": "#2b6cb0", "scope": "contact"},
    {"id": "8b0c2d34-1f6a-4d0e-8e8b-6a5d2c9b7f03", "name": "Rust", "color": "#a65628", "scope": "global"},
    {"id": "8b0c2d34-1f6a-4d0e-8e8b-6a5d2c9b7f04", "name": "VIP", "color": "#b7791f", "scope": "global"},
]

# One definition of each type that the reference names plainly. None is required: a first contact needs a first name
# and nothing else.
CUSTOM_FIELDS: list[dict[str, Any]] = [
    {
        "id": "c3a97e10-4a55-4c38-b1a4-2f9f5d0b6a01",
        "key": "notice_period",
        "label": "Notice period",
        "type": "select",
        "options": [
            {"value": "none", "label": "None"},
            {"value": "1_month", "label": "1 month"},
            {"value": "3_months", "label": "3 months"},
        ],
        "is_required": False,
        "position": 1,
    },
    {
        "id": "c3a97e10-4a55-4c38-b1a4-2f9f5d0b6a02",
        "key": "expected_salary",
        "label": "Expected salary",
        "type": "number",
        "options": [],
        "is_required": False,
        "position": 2,
    },
    {
        "id": "c3a97e10-4a55-4c38-b1a4-2f9f5d0b6a03",
        "key": "works_remotely",
        "label": "Works remotely",
        "type": "boolean",
        "options": [],
        "is_required": False,
        "position": 3,
    },
    {
        "id": "c3a97e10-4a55-4c38-b1a4-2f9f5d0b6a04",
        "key": "available_from",
        "label": "Available from",
        "type": "date",
        "options": [],
        "is_required": False,
        "position": 4,
    },
    {
        "id": "c3a97e10-4a55-4c38-b1a4-2f9f5d0b6a05",
        "key": "referred_by",
        "label": "Referred by",
        "type": "text",
        "options": [],
        "is_required": False,
        "position": 5,
    },
]

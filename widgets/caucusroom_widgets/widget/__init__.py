"""The room as a Jupyter widget; `room.js` and `room.css` know no Jupyter, and any host can show them."""

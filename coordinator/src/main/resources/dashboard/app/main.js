// Loads every element of the dashboard; the page itself is <octopus-app>.
import './parts/octopus-time.js';
import './parts/octopus-json.js';
import './parts/octopus-toasts.js';
import './parts/octopus-confirm.js';
import './parts/octopus-live-badge.js';
import './parts/octopus-theme-switch.js';
import './octopus-app.js';

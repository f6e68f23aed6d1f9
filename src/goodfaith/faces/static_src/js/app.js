// What every page loads. Each part works without it; these only make it quicker or kinder.
import "./htmx.js";
import "./scheme.js";
import "./columns.js";
import "./upload.js";
import "./small.js";

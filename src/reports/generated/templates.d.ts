// The shape of templates.js, which scripts/templates.mjs makes from `templates/`. Only `../engine.ts` reads it.

/** By SHA-256 of a template's text, what Handlebars compiles it to. */
export const compiled: Readonly<Record<string, TemplateSpecification>>;

interface XmpFields {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  readonly at: string;
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
const escapeText = (text: string): string => text.replace(/[<>&]/g, (character) => entities[character] ?? '');

/** The XMP packet: the same statements as the document information, and the claim of PDF/UA part 1. */
export function xmpOf({ title, author, language, at }: XmpFields): string {
  const date = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  const properties = [
    '<dc:format>application/pdf</dc:format>',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeText(title)}</rdf:li></rdf:Alt></dc:title>`,
    `<dc:creator><rdf:Seq><rdf:li>${escapeText(author)}</rdf:li></rdf:Seq></dc:creator>`,
    `<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>`,
    `<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:CreatorTool>${escapeText(author)}</xmp:CreatorTool>`,
    `<pdf:Producer>${escapeText(author)}</pdf:Producer>`,
    '<pdfuaid:part>1</pdfuaid:part>',
  ];
  const spaces = [
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"',
  ];
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" ${spaces.join(' ')}>${properties.join('')}</rdf:Description>`,
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>',
  ].join('');
}

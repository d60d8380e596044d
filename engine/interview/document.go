package interview

// Documents are the attachments of a block and how they are offered.
type Documents struct {
	List []*Attachment
	Code *Code // attachment code

	AllowEmailing           Cond // default yes
	AllowDownloading        Cond
	AlwaysIncludeEditable   Cond
	IncludeNotice           Cond // default yes
	IncludeDownloadTab      Cond // default yes
	DescribeFileTypes       Cond // default yes
	ManualList              Cond
	ZipFilename             *Text
	EmailSubject, EmailBody *Text
	EmailTemplate           *Code
	EmailAddressDefault     *Text
}

// A DocumentKind says what a document is made from.
type DocumentKind int

// The kinds of documents.
const (
	MarkdownDocument DocumentKind = iota
	DOCXDocument
	PDFDocument
	RawDocument
	ManualDocument
)

// An Attachment is one document.
type Attachment struct {
	Kind         DocumentKind
	Pos          Pos
	Number       int   // among the attachments without a variable name in this interview
	Variable     *Name // nil: kept in a hidden place
	Name         *Text // nil: Document
	Filename     *Text
	Description  *Text
	Content      *Text
	ContentCode  *Code
	Formats      []string
	FormatsCode  *Code
	Language     string
	Metadata     *Node // strings have Text
	Redact       Cond  // default yes
	Raw          bool
	RawExtension string // .txt or that of the content file

	SkipUndefined       Cond
	Templates           []TemplateFile // docx or pdf template files
	Fields              []DocumentField
	FieldVariables      []string
	RawFieldVariables   []string
	FieldCode           []DocumentCode
	Code                *Code
	DecimalPlaces       *Text
	CheckboxExportValue *Text
	Editable            Cond // default yes
	HyperlinkStyle      *Text
	UpdateReferences    Cond
	RenderingFont       *Text
	TemplatePassword    *Text

	PDFA, TaggedPDF         Cond
	Password, OwnerPassword *Text
	Persistent, Private     Cond
	AllowUsers              *Allow
	AllowPrivileges         *Allow
	Manual                  []DocumentCode // extension -> file
	ManualCode              *Code
	Options                 *Node // layout keys as written: template file, initial yaml and so on
}

// A TemplateFile is a template named in the YAML or computed.
type TemplateFile struct {
	Ref  string // full reference
	Code *Code
}

// A DocumentField is a value for a field of a template.
type DocumentField struct {
	Name  string
	Value *Node // strings have Text
}

// A DocumentCode is a computed value for a field or extension.
type DocumentCode struct {
	Name string
	Code *Code
}

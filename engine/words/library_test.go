package words_test

import (
	"strings"
	"testing"

	"colloquy/engine/python"
)

// names are all that docassemble's documentation lists as available in every
// interview.
const names = `LatitudeLongitude RoleChangeTracker Name IndividualName Address City Event Person Thing Individual ChildList
FinancialList PeriodicFinancialList Income Asset Expense Value PeriodicValue OfficeList Organization BackgroundAction DAObject DAList DADict
DAOrderedDict DASet DAFile DAFileCollection DAFileList DAStaticFile DAEmail DAEmailRecipient DAEmailRecipientList DATemplate DAEmpty DALink DARedis
DACloudStorage DAGoogleAPI MachineLearningEntry SimpleTextMachineLearner SVMMachineLearner RandomForestMachineLearner DAValidationError
RelationshipTree DAContext DAOAuth DAStore DAGlobal DAWeb DAWebError DABreadCrumbs json re us chain DA
alpha roman item_label ordinal ordinal_number comma_list word get_language set_language get_dialect get_voice set_country get_country get_locale
set_locale update_locale comma_and_list need nice_number quantity_noun currency_symbol verb_past verb_present noun_plural noun_singular
indefinite_article capitalize space_to_underscore force_ask force_gather period_list name_suffix currency static_image title_case url_of
process_action url_action get_info set_info get_config prevent_going_back qr_code action_menu_item from_b64_json defined define value message
response json_response command single_paragraph quote_paragraphs location_returned location_known user_lat_lon interview_url interview_url_action
interview_url_as_qr interview_url_action_as_qr objects_from_file send_email send_sms send_fax map_of selections last_access_time last_access_delta
last_access_days last_access_hours last_access_minutes returning_user action_arguments action_argument timezone_list as_datetime current_datetime
date_difference date_interval year_of month_of day_of dow_of format_date format_datetime format_time today get_default_timezone user_logged_in
interface user_privileges user_has_privilege user_info current_context task_performed task_not_yet_performed mark_task_as_performed
times_task_performed set_task_counter background_action background_progress background_response background_response_action background_error_action
set_live_help_status chat_partners_available phone_number_in_e164 phone_number_formatted phone_number_is_valid phone_number_part countries_list
country_name write_record read_records delete_record variables_as_json all_variables ocr_file ocr_file_in_background read_qr get_sms_session
initiate_sms_session terminate_sms_session language_from_browser device interview_email get_emails plain bold italic path_and_mimetype states_list
state_name subdivision_type indent raw fix_punctuation set_progress get_progress referring_url run_python_module undefine invalidate dispatch yesno
noyes split showif showifdef pdf_concatenate set_parts set_title log encode_name decode_name interview_list interview_menu server_capabilities
session_tags include_docx_template get_chat_log get_user_list get_user_info set_user_info get_user_secret create_user invite_user create_session
get_session_variables set_session_variables go_back_in_session run_action_in_session get_question_data manage_privileges start_time zip_file
validation_error redact forget_result_of re_run_logic reconsider action_button_html url_ask overlay_pdf set_save_status single_to_double_newlines
explain clear_explanations logic_explanation set_status get_status verbatim add_separators iso_country assemble_docx docx_concatenate
store_variables_snapshot stash_data retrieve_stashed_data update_terms set_variables language_name transform_json_variables`

// ownNames are ours, for what docassemble has no function for, and what it has
// no function for but a name.
const ownNames = `email_delivery_status _internal`

func TestEveryDocumentedNameIsThere(t *testing.T) {
	lib, err := load()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, name := range strings.Fields(names + " " + ownNames) {
		known[name] = true
		if _, ok := lib.Namespace().Get(name); !ok {
			t.Errorf("interviews have no %s", name)
		}
	}
	for _, name := range lib.Namespace().Names() {
		if !known[name] && !strings.HasPrefix(name, "__") {
			t.Errorf("interviews have %s, which is not documented", name)
		}
	}
}

func TestModules(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"possessify('a', 'b')", "wants possessify"},
		{"from docassemble.base.util import possessify, your, DADateTime, CustomDataType\npossessify('a', 'b')", `"a's b"`}, {"your('hat', capitalize=True)", "'Your hat'"},
		{"from docassemble.base.functions import word, comma_and_list\nword('x')", "'x'"},
		{"from docassemble.base.core import DAObject as Obj\nObj is DAObject", "True"},
		{"from docassemble.base.legal import Court, currency\nCourt.__module__", "'docassemble.base.legal'"},
		{"from docassemble.base.error import DAError, ForcedNameError\nissubclass(ForcedNameError, NameError)", "True"},
		{"import us\nus.states.lookup('PA').name", "'Pennsylvania'"}, {"DADateTime.__module__", "'docassemble.base.util'"},
		{"from docassemble.base.util import register_jinja_filter\nregister_jinja_filter('a', len)", "RuntimeError: register_jinja_filter() is not part of this version of Colloquy: documents are not assembled from templates yet"},
	})
	lib, _ := load()
	if c := lib.Class("docassemble.base.util.Individual"); c == nil || c.Name() != "Individual" {
		t.Errorf("Class gives %v", c)
	}
	for _, name := range []string{"docassemble.base.util.word", "docassemble.base.util.Nothing", "Individual", "docassemble.none.Individual"} {
		if c := lib.Class(name); c != nil {
			t.Errorf("Class(%s) gives %v", name, c)
		}
	}
	if _, ok := lib.Module("docassemble.base.nothing"); ok {
		t.Error("there is a module docassemble.base.nothing")
	}
}

func TestImportEverything(t *testing.T) {
	s := open(t)
	ns := python.NewNamespace(nil)
	m, err := s.th.Import("docassemble.base.util")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.th.ImportAll(m, ns); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"Individual": true, "word": true, "json": true, "DADateTime": false, "your": false, "__name__": false} {
		if _, ok := ns.Get(name); ok != want {
			t.Errorf("importing everything gives %s: %v", name, ok)
		}
	}
}

// A module that is being imported has no interview: words work, the rest says so.
func TestWithoutAnInterview(t *testing.T) {
	s := open(t)
	lib, _ := load()
	s.th = python.NewThread(t.Context(), python.Options{Loader: loader{lib}})
	t.Cleanup(s.th.Close)
	s.table([][2]string{
		{"word('fish')", "'fish'"}, {"comma_and_list('a', 'b')", "'a and b'"}, {"currency(5)", "'$5.00'"}, {"log('x')", "None"}, {"get_config('a')", "None"},
		{"defined('fish')", "RuntimeError: defined() needs a running interview; a module cannot call it while it is being imported"},
		{"url_action('a')", "RuntimeError: url_action() needs a running interview; a module cannot call it while it is being imported"},
		{"format_date('2024-03-05')", "RuntimeError: current_datetime() needs a running interview; a module cannot call it while it is being imported"},
	})
}

func TestPreventDependencySatisfaction(t *testing.T) {
	s := open(t)
	s.table([][2]string{{`
from docassemble.base.util import prevent_dependency_satisfaction
@prevent_dependency_satisfaction
def f(n):
    return value(n)
f('pear')`, "DAError: Reference to undefined variable in context where dependency satisfaction not allowed"},
		{"fig = 3\nf('fig')", "3"}})
}

// The library is shared: sessions that use it at once see nothing of each other.
func TestManySessionsAtOnce(t *testing.T) {
	for i := range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.answers.Set("n", python.Int(i))
			s.must("p = Individual('p', age=n)\nset_language(['en', 'es'][n % 2])\nset_info(n=n)\n0")
			for range 20 {
				s.table([][2]string{
					{"p.age == n and get_info('n') == n", "True"},
					{"comma_and_list('a', 'b')", []string{"'a and b'", "'a y b'"}[i%2]},
					{"today().plus(days=n).day == 5 + n", "True"},
					{"us.states.lookup('NY').capital", "'Albany'"},
				})
			}
		})
	}
}

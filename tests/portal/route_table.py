"""What each viewer gets at each address: GET/POST, the POST without data. Read by test_route_matrix.py.

One line for each URL name and thing: the name, what it is about, the answers. 'in' is being sent to sign in.
Out of scope is 404 and nothing else; in scope without leave 403; the wrong moment 409; a form without what it
needs 422. The things are all the owner's; 'cohort' is somebody in the same cohorts, 'others' anybody signed in.
The sponsor is the owner's, the marker marks the scripts that have one, and the second marker does not.
"""

TABLE = """
                                      |                                             | anon.   owner   cohort  others  sponsor marker  marker2 moder.  region. tutor   admin.  agent
# Open to anybody, and the homes
front                                 |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
home                                  |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
home_of                               | role=participant                            | in/in   200/405 200/405 200/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405
home_of                               | role=sponsor                                | in/in   404/405 404/405 404/405 200/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405
home_of                               | role=assessor                               | in/in   404/405 404/405 404/405 404/405 200/405 200/405 404/405 404/405 404/405 404/405 404/405
home_of                               | role=administrator                          | in/in   404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405 200/405 404/405
gallery                               |                                             | 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
provider                              |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
health                                |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
# Signing in: allauth, with the portal's pages
account_login                         |                                             | 200/422 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
account_logout                        |                                             | 302/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302
account_inactive                      |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
account_signup                        |                                             | 200/422 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
account_reauthenticate                |                                             | in/in   200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
account_email                         |                                             | in/in   200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302
account_email_verification_sent       |                                             | in/in   302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
account_change_password               |                                             | in/in   200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
account_set_password                  |                                             | in/in   302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
account_reset_password                |                                             | 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
account_confirm_login_code            |                                             | in/in   302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
account_reset_password_from_key_done  |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
account_reset_password_from_key       | uidb36=1 key=made-up                        | 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
account_reset_password_done           |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
mfa_index                             |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
mfa_authenticate                      |                                             | in/in   302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
mfa_reauthenticate                    |                                             | in/in   302/302 302/302 302/302 302/302 200/422 200/422 200/422 200/422 200/422 200/422 200/422
mfa_activate_totp                     |                                             | in/in   200/422 200/422 200/422 200/422 302/302 302/302 302/302 302/302 302/302 302/302 302/302
mfa_deactivate_totp                   |                                             | in/in   404/404 404/404 404/404 404/404 200/422 200/422 200/422 200/422 200/422 200/422 200/422
mfa_view_recovery_codes               |                                             | in/in   404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405 404/405
mfa_generate_recovery_codes           |                                             | in/in   200/422 200/422 200/422 200/422 200/302 200/302 200/302 200/302 200/302 200/302 200/302
mfa_download_recovery_codes           |                                             | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
# People, invitations, the demonstration
accounts:account                      |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
accounts:invitation                   | invitation open                             | 200/405 409/409 409/409 409/409 200/405 409/409 409/409 409/409 409/409 409/409 409/409 409/409
accounts:invitation_ask               | invitation open                             | 405/302 409/409 409/409 409/409 405/302 409/409 409/409 409/409 409/409 409/409 409/409 409/409
accounts:invitation_code              | invitation open                             | 200/422 409/409 409/409 409/409 200/422 409/409 409/409 409/409 409/409 409/409 409/409 409/409
accounts:invitation_fresh             | invitation open                             | 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302
accounts:personas                     |                                             | 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
accounts:personas                     | demo=on                                     | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
accounts:mail                         |                                             | 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
accounts:mail                         | demo=on                                     | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
accounts:sign_in_as                   | persona outsider                            | 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
accounts:sign_in_as                   | persona outsider demo=on                    | 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302
accounts:messages                     |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
accounts:mail_receipt                 |                                             | 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
accounts:dead_letters                 |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
accounts:revive                       | key=made-up                                 | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
accounts:mail_templates               |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
accounts:mail_template                | template=applications/declined              | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
accounts:mail_template                | template=made-up                            | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 404/405 403/403
accounts:message                      | mail declined                               | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
accounts:try_mail_again               | mail declined                               | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 405/409 403/403
# The framework, open to anybody
frameworks:levels                     |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:search                     |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:grows                      | number=1                                    | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:changes                    | level=NPQH                                  | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:edition                    | edition=2019                                | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:behaviours                 | edition=2019                                | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:level                      | edition=2019 level=NPQSL                    | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:print                      | edition=2019 level=NPQSL                    | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:area                       | edition=2019 level=NPQSL number=1           | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:criterion                  | edition=2019 level=NPQSL code=1.2.1         | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:task                       | edition=2019 level=NPQSL number=1           | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
frameworks:pass_mark                  | edition=2019 level=NPQSL number=1           | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
# Reports, of the person who asked
documents:report                      | report waiting                              | in/in   200/409 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
documents:report                      | report ready                                | in/in   200/409 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
documents:report_status               | report waiting                              | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
documents:report_file                 | report waiting                              | in/in   303/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
documents:report_file                 | report ready                                | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
# Programmes
programmes:cohorts                    |                                             | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
programmes:enrolments                 |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
programmes:enrolment                  | enrolment commenced                         | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
programmes:enrolment                  | enrolment new                               | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
programmes:commence                   | enrolment new                               | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
programmes:commence                   | enrolment commenced                         | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 409/422 404/404
programmes:programme                  | level=NPQSL                                 | 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
programmes:describe_programme         | level=NPQSL                                 | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
programmes:desk                       |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
programmes:open_cohort                |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
programmes:cohort                     | cohort draft                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
programmes:change_cohort              | cohort draft                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
programmes:close_cohort               | cohort draft                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/302 403/403
programmes:reopen_cohort              | cohort draft                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/409 403/403
programmes:withdraw                   | enrolment new                               | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
programmes:defer                      | enrolment new                               | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
programmes:resume                     | enrolment new                               | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 409/422 404/404
programmes:cancel                     | enrolment new                               | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
programmes:cancel                     | enrolment commenced                         | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 409/422 404/404
programmes:school_imports             |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
programmes:school_import              | import small                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
# Applications: the applicant's
applications:mine                     |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
applications:start                    | cohort draft                                | in/in   200/422 200/422 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302
applications:told                     |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
applications:application              | application draft                           | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:application              | application begun                           | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:application              | application referred                        | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 200/405 404/404 200/405 404/404
applications:application              | application accepted                        | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:school                   | application draft                           | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:details                  | application draft                           | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:details                  | application accepted                        | in/in   409/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:area                     | application draft number=1                  | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:strengths                | application draft                           | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:strength                 | application draft number=1                  | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:name_sponsor             | application draft                           | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:send                     | application draft                           | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:send                     | application begun                           | in/in   409/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:sent                     | application begun                           | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:withdraw                 | application draft                           | in/in   200/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:withdraw                 | application accepted                        | in/in   409/409 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
# Applications: the sponsor's
applications:sponsor                  | application begun                           | in/in   404/404 404/404 404/404 200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:sponsor                  | application draft                           | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:sponsor                  | application referred                        | in/in   404/404 404/404 404/404 200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:endorse                  | application begun                           | in/in   404/404 404/404 404/404 200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:endorse                  | application referred                        | in/in   404/404 404/404 404/404 409/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:verify                   | application begun                           | in/in   404/404 404/404 404/404 200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:behaviour                | application begun position=1                | in/in   404/404 404/404 404/404 200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:sign                     | application begun                           | in/in   404/404 404/404 404/404 302/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:decline_to_sponsor       | application begun                           | in/in   404/404 404/404 404/404 200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404
# Applications: those who decide
applications:confirm                  | application ready                           | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 200/422 404/404
applications:confirm                  | application draft                           | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 409/409 404/404
applications:log_contact              | application referred                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 200/422 404/404 403/403 404/404
applications:return_to_sponsor        | application referred                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 200/422 404/404 403/403 404/404
applications:accept                   | application referred                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 200/422 404/404 403/403 404/404
applications:accept                   | application accepted                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 403/403 404/404
applications:decline                  | application referred                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 200/422 404/404 403/403 404/404
applications:list                     |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:referrals                |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403 403/403 403/403
# Before applying, decisions, places, funding, the desk
applications:selfcheck                |                                             | 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
applications:selfcheck_area           | level=NPQSL number=1                        | 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
applications:selfcheck_behaviour      | level=NPQSL position=1                      | 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422 200/422
applications:selfcheck_result         | level=NPQSL                                 | 302/405 302/405 302/405 302/405 302/405 302/405 302/405 302/405 302/405 302/405 302/405 302/405
applications:selfcheck_apply          | level=NPQSL                                 | in/in   302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302 302/302
applications:selfcheck_clear          | level=NPQSL                                 | 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302 405/302
applications:school_not_listed        | application draft                           | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:school_not_listed        | application accepted                        | in/in   409/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:funding_route            | application draft                           | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:keep_strength            | application draft number=1                  | in/in   405/200 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:count_words              |                                             | in/in   405/200 405/200 405/200 405/200 405/200 405/200 405/200 405/200 405/200 405/200 405/200
applications:equality                 | application begun                           | in/in   200/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:send_back                | application returned                        | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:send_back                | application draft                           | in/in   409/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:application              | application returned                        | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 200/405 404/404 200/405 404/404
applications:application              | application declined                        | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 200/405 404/404 200/405 404/404
applications:application              | application appealed                        | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 200/405 404/404 200/405 404/404
applications:application              | application waiting                         | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:application              | application offered                         | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:application              | application lapsed                          | in/in   200/405 404/404 404/404 302/405 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:offer                    | application offered                         | in/in   200/422 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 403/403 404/404
applications:offer                    | application waiting                         | in/in   409/409 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 403/403 404/404
applications:turn_down                | application offered                         | in/in   200/302 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 403/403 404/404
applications:letter                   | application accepted                        | in/in   200/405 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:letter                   | application declined                        | in/in   200/405 404/404 404/404 403/403 404/404 404/404 404/404 200/405 404/404 200/405 404/404
applications:letter                   | application begun                           | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:letter_pdf               | application accepted                        | in/in   405/302 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 405/302 404/404
applications:appeal                   | application declined                        | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:appeal                   | application appealed                        | in/in   409/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:sponsored                |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
applications:begin_answer             | application begun                           | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:return_to_applicant      | application referred                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 200/422 404/404 403/403 404/404
applications:return_to_applicant      | application returned                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 409/422 404/404 403/403 404/404
applications:assign_moderator         | application referred                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 200/422 404/404
applications:assign_moderator         | application ready                           | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 409/422 404/404
applications:stuck_referrals          |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:my_interests             |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403 403/403 403/403
applications:withdraw_my_interest     | urn=998877                                  | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:moderators               |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:cover_region             | region=london                               | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/302 403/403
applications:cover_region             | region=made-up                              | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 404/404 403/403
applications:interests                | person regional                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
applications:interests                | person outsider                             | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:withdraw_interest        | person regional urn=998877                  | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:appeals                  |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403 200/405 403/403
applications:hand_appeal              | application appealed                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 200/422 404/404
applications:uphold                   | application appealed                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 200/422 404/404
applications:dismiss                  | application appealed                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 200/422 404/404
applications:dismiss                  | application declined                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 409/409 404/404
applications:undo_confirm             | application accepted                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 200/422 404/404
applications:undo_confirm             | application declined                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 409/422 404/404
applications:undo_accept              | application accepted                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 409/422 404/404
applications:undo_decline             | application declined                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 403/403 404/404 200/422 404/404
applications:match_school             | application begun                           | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 409/422 404/404
applications:note                     | application draft                           | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
applications:export                   | kind=csv                                    | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:export                   | kind=xlsx                                   | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:export                   | kind=doc                                    | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 404/405 403/403
applications:save_filter              |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
applications:remove_filter            |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 405/302 403/403
applications:bulk                     |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/302 403/403
applications:bulk_result              | key=00000000-0000-4000-8000-000000000000    | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:waiting_lists            |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:waiting_list             | cohort waiting                              | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/302 403/403
applications:move_to_cohort           | application waiting                         | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 200/422 404/404
applications:undo_lapse               | application lapsed                          | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 200/422 404/404
applications:undo_lapse               | application offered                         | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 409/422 404/404
applications:decide_funding           | application accepted                        | in/in   403/403 404/404 404/404 403/403 404/404 404/404 404/404 404/404 404/404 200/422 404/404
applications:decide_funding           | application draft                           | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 409/422 404/404
applications:funding_years            |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:funding_year             | code=2023-24                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:funding_year             | code=made-up                                | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:copy_funding_year        | code=2023-24                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
applications:change_workplaces        | code=2023-24                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
applications:change_bands             | code=2023-24                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/302 403/403
applications:grants                   |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:grant_people             | code=2023-24                                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:export_grants            | code=2023-24 kind=csv                       | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:readiness_rules          |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:readiness_rule           | edition=2019 level=NPQSL                    | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:change_rule              | edition=2019 level=NPQSL                    | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
applications:duplicates               |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
applications:person                   | person outsider                             | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
applications:merge                    | person outsider other=XXX-22222222          | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
applications:tell_apart               | person outsider other=XXX-22222222          | in/in   404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
# Assessment: the participant's and the administrator's
assessment:tasks                      |                                             | in/in   200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
assessment:start                      | enrolment commenced number=1                | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:start                      | enrolment new number=1                      | in/in   200/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:scripts                    |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
assessment:release                    |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/422 403/403
assessment:workspace                  | script started                              | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:workspace                  | script submitted                            | in/in   302/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:attach_write_up            | script started                              | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:attach_write_up            | script submitted                            | in/in   302/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:attach_document            | script started position=1                   | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:remove_document            | script started position=1                   | in/in   405/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:remove_document            | script submitted position=1                 | in/in   405/409 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:submit                     | script started                              | in/in   200/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:submit                     | script submitted                            | in/in   302/422 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:receipt                    | script started                              | in/in   302/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:receipt                    | script submitted                            | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:file                       | script started file=write-up                | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/405 404/404
assessment:file                       | script submitted file=write-up              | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
assessment:file                       | script released file=write-up               | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 403/403
assessment:file                       | script released file=of-another-script      | in/in   404/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/405 403/403
assessment:result                     | script submitted                            | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:result                     | script released                             | in/in   200/405 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:result_report              | script submitted                            | in/in   405/409 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:result_report              | script released                             | in/in   405/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404
assessment:record                     | script started                              | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
assessment:record                     | script allocated                            | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 404/404
assessment:record                     | script released                             | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/405 200/405
assessment:allocate                   | script submitted                            | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
assessment:allocate                   | script allocated                            | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 200/422 404/404
assessment:compute                    | script allocated                            | in/in   403/403 404/404 404/404 404/404 404/404 404/404 404/404 404/404 404/404 405/409 404/404
# Assessment: the assessor's
assessment:marking_list               |                                             | in/in   403/403 403/403 403/403 403/403 200/405 200/405 403/403 403/403 403/403 403/403 403/403
assessment:mark_next                  |                                             | in/in   403/403 403/403 403/403 403/403 302/405 302/405 403/403 403/403 403/403 403/403 403/403
assessment:marking                    | marking allocated                           | in/in   404/404 404/404 404/404 404/404 200/405 404/404 404/404 404/404 404/404 404/404 404/404
assessment:marking                    | marking released                            | in/in   404/404 404/404 404/404 404/404 200/405 404/404 404/404 404/404 404/404 404/404 404/404
assessment:save_mark                  | marking allocated code=first                | in/in   404/404 404/404 404/404 404/404 302/302 404/404 404/404 404/404 404/404 404/404 404/404
assessment:save_mark                  | marking released code=first                 | in/in   404/404 404/404 404/404 404/404 302/409 404/404 404/404 404/404 404/404 404/404 404/404
assessment:write_feedback             | marking allocated                           | in/in   404/404 404/404 404/404 404/404 302/302 404/404 404/404 404/404 404/404 404/404 404/404
assessment:write_feedback             | marking released                            | in/in   404/404 404/404 404/404 404/404 302/409 404/404 404/404 404/404 404/404 404/404 404/404
assessment:marking_document           | marking allocated position=first            | in/in   404/404 404/404 404/404 404/404 200/405 404/404 404/404 404/404 404/404 404/404 404/404
assessment:submit_marks               | marking allocated                           | in/in   404/404 404/404 404/404 404/404 200/422 404/404 404/404 404/404 404/404 404/404 404/404
assessment:submit_marks               | marking released                            | in/in   404/404 404/404 404/404 404/404 302/409 404/404 404/404 404/404 404/404 404/404 404/404
# Figures
quality:dashboard                     |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 200/405
quality:due                           |                                             | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
quality:people                        | metric=recruited level=NPQSL                | in/in   403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 403/403 200/405 403/403
"""

using static InfraGate.McpGateway.Guardrails.Injection.InjectionCategory;

namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>The known patterns. They are signs, not proof: that text from workloads is data is said of all of it, whether a pattern matched or not.</summary>
internal static class Phrases
{
    private const string Drop = "ignore|disregard|forget|override|overrule|bypass|discard|neglect|abandon|violate";
    private const string Earlier = "previous|prior|above|preceding|earlier|foregoing|existing|initial|original|current|all|any|your|system|developer|safety|former|past";
    private const string Orders = "instructions|instruction|directions|directives|directive|rules|prompts|prompt|guidelines|guardrails|constraints|orders|training|programming|restrictions";
    private const string Secrets = "secret|secrets|credential|credentials|token|tokens|password|passwords|kubeconfig|key|keys|apikey|apikeys|environment|env|cookies";
    private const string Models = "assistant|ai|llm|claude|codex|gpt|chatgpt|copilot|gemini";
    private const string Principals = "administrator|administrators|admin|admins|anthropic|openai|developer|developers|operator|operators|security|management|ceo|cto|sre|owner";

    private const string Tools = "get_allowed_namespaces|get_k8s_status|get_k8s_events|get_pod_logs|get_k8s_resource|get_deployment_diagnostics|get_pod_diagnostics|get_service_diagnostics"
        + "|request_apply_manifest|request_delete_manifest|request_scale_deployment|request_restart_deployment|request_set_deployment_image|apply_approved_plan";

    public static readonly Phrase[] All =
    [
        new(IgnoreInstructions, $"{Drop} 5 {Earlier} 4 {Orders}", imperative: true),
        new(IgnoreInstructions, $"stop|quit|cease 1 following|obeying 4 {Orders}"),
        new(IgnoreInstructions, $"not|don't|never|dont 1 follow|obey|heed 3 {Earlier} 3 {Orders}"),
        new(IgnoreInstructions, $"new|updated|revised|real|actual 1 instructions|instruction|orders|task 3 {Models}|agent|you"),
        new(IgnoreInstructions, "forget|disregard|ignore 2 everything|anything 5 told|said|know|learned|above|before|instructed|instructions|previously"),
        new(IgnoreInstructions, "ignora|ignore|ignorez|ignoriere|ignoriert|vergiss|olvida|oubliez|oublie|esquece|dimentica 5 instrucciones|anweisungen|instruções|instrucoes|istruzioni|consignes|regeln|reglas|précédentes"),

        new(RevealPrompts, "reveal|show|print|repeat|display|output|expose|leak|disclose|tell|dump|share|give|recite|paste|echo|return|write|quote|summarize|translate 6 "
            + "system|hidden|initial|developer|secret|internal|original|your|confidential 3 prompt|prompts|instructions|directives|guidelines|preamble", imperative: true),
        new(RevealPrompts, "what 3 your|system|initial 2 prompt|prompts|instructions"),
        new(RevealPrompts, "repeat|print|output|copy 3 everything|words|text|all 6 above|before|preceding|verbatim"),

        new(ToolUse, $"call|invoke|use|run|execute|trigger 4 {Tools}", imperative: true),
        new(ToolUse, "call|invoke|execute|trigger 3 tool|tools", imperative: true),
        new(ToolUse, $"you|please|must|now|immediately|{Models} 3 call|invoke|run|execute|use|trigger 4 tool|tools"),
        new(ToolUse, $"you|please|must|now|immediately|{Models}|agent 4 run|execute 3 kubectl 1 delete|exec|drain|patch|edit|scale|apply"),

        new(SecretExfiltration, $"send|post|upload|exfiltrate|forward|email|transmit|submit|leak|deliver|push|copy 6 {Secrets} 8 http|https|webhook|attacker|email|url|pastebin|gist|mailto|telegram|discord", imperative: true),
        new(SecretExfiltration, $"include|embed|encode|put|attach|insert|append 5 {Secrets} 6 response|reply|answer|url|link|query|comment", imperative: true),
        new(SecretExfiltration, "read|cat|dump|print|list|get|collect|reveal|show|extract|find 4 secret|secrets|kubeconfig|credentials|passwords|tokens 6 and|then 3 "
            + "send|post|upload|include|paste|email|share|exfiltrate|encode|return|output|forward", imperative: true),
        new(SecretExfiltration, "exfiltrate 6 data|secrets|credentials|tokens|logs|configuration|everything|keys|database", imperative: true),

        new(AuthorityOverride, "you 1 are 2 now 2 a|an|dan|unrestricted|jailbroken|free|acting|operating|root|admin|administrator|authorized|authorised"),
        new(AuthorityOverride, "you 2 in 2 developer|god|dan|unrestricted|jailbreak|root|sudo|admin 1 mode"),
        new(AuthorityOverride, "enable|enter|activate|switch 3 developer|god|dan|jailbreak|unrestricted|sudo 1 mode", imperative: true),
        new(AuthorityOverride, "act|behave|respond|pretend|roleplay 3 as|like|to|you|you're 3 admin|administrator|root|dan|developer|unrestricted|hacker|superuser|operator", imperative: true),
        new(AuthorityOverride, "message|instruction|instructions|order|orders|directive 2 from 3 " + Principals),
        new(AuthorityOverride, "your 2 administrator|developer|admin|creator|operator|owner|boss|supervisor|maintainer|sysadmin", after: "am|i'm|are|we're"),
        new(AuthorityOverride, "skip|bypass|ignore|disable|circumvent|avoid|evade 3 approval|approvals|guardrails|guardrail|safeguards|confirmation", imperative: true),
        new(AuthorityOverride, "approval|approvals 3 needed|required|necessary", after: "no|without|further|additional|any|more"),
        new(AuthorityOverride, "approval|approvals 3 not|isn't|never|waived 2 needed|required|necessary|for"),
        new(AuthorityOverride, "already|been 2 approved|authorized|authorised|preapproved 2 by 4 " + Principals + "|team"),
        new(AuthorityOverride, "from 1 now 1 on 3 you"),
        new(AuthorityOverride, "admin|administrator|emergency|developer|root|superuser 1 override"),
        new(AuthorityOverride, $"attention|note|notice|important|message|hey|dear|instructions|instruction|urgent 3 {Models}"),
        new(AuthorityOverride, "highest|top|maximum 1 priority 3 instruction|instructions|override|command"),
        new(AuthorityOverride, "approve 3 plan|plans|change|request 5 without|immediately|yourself|automatically|silently", imperative: true),
    ];

    /// <summary>Literal marks of chat templates and tool protocols, and of hidden channels.</summary>
    public static readonly (string Mark, InjectionCategory Category)[] Marks =
    [
        ("<|im_start|>", AuthorityOverride),
        ("<|im_end|>", AuthorityOverride),
        ("<|system|>", AuthorityOverride),
        ("<|assistant|>", AuthorityOverride),
        ("<|endoftext|>", IgnoreInstructions),
        ("[INST]", AuthorityOverride),
        ("[/INST]", AuthorityOverride),
        ("<<SYS>>", AuthorityOverride),
        ("<system_prompt", AuthorityOverride),
        ("</system_prompt", AuthorityOverride),
        ("<system-reminder", AuthorityOverride),
        ("### system:", AuthorityOverride),
        ("### instruction:", AuthorityOverride),
        ("\n\nhuman:", AuthorityOverride),
        ("\n\nassistant:", AuthorityOverride),
        ("end of untrusted workload text", AuthorityOverride),
        ("<tool_call", ToolUse),
        ("<tool_use", ToolUse),
        ("<function_call", ToolUse),
        ("</tool_result", ToolUse),
        ("$(cat /var/run/secrets", SecretExfiltration),
        ("$(cat ~/", SecretExfiltration),
        ("$(printenv", SecretExfiltration),
        ("$(env)", SecretExfiltration),
        ("$(env |", SecretExfiltration),
        ("忽略之前", IgnoreInstructions),
        ("忽略以上", IgnoreInstructions),
        ("无视之前", IgnoreInstructions),
        ("指示を無視", IgnoreInstructions),
    ];
}

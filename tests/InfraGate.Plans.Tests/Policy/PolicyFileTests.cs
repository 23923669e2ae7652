using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Tests.Policy;

public sealed class PolicyFileTests : IDisposable
{
    private const string Good =
        """
        version: 1
        defaults:
          mode: requester
          approvals: 1
          planLifetime: 30m
          windows: [freeze]
          severities:
            no-limits: warn
            runs-as-root: acknowledge
        rules:
          - namespaces: [payments, billing]
            mode: four-eyes
            approvers:
              groups: [sre]
              subjects: [carol]
            approvals: 2
            grantLifetime: 5m
            maximumReplicas: 4
            imageRegistries: [registry.example.com/team, "localhost:5000"]
            windows: [office]
            severities:
              runs-as-root: block
          - namespaces: [payments]
            operations: [restart, scale]
            mode: requester
          - namespaces: "*"
            operations: delete
            mode: four-eyes
        windows:
          - name: freeze
            kind: deny
            days: [friday]
            start: "16:00"
            length: 64h
            timeZone: Europe/Berlin
          - name: office
            kind: allow
            length: 1d
            timeZone: Etc/UTC
        """;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"infragate-policy-{Guid.NewGuid():N}.yaml");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Without_a_file_the_built_in_policy_holds()
    {
        var policy = PolicyFile.Open(null).Current;

        policy.Version.ShouldBe("built-in");
        policy.Problem.ShouldBeNull();
        policy.EffectiveFor("anything", PlanOperation.Delete).ShouldBe(EffectivePolicy.Default);
    }

    [Fact]
    public void A_rule_is_laid_over_the_defaults()
    {
        var policy = Open(Good).Current.EffectiveFor("payments", PlanOperation.Apply);

        policy.Mode.ShouldBe(ApprovalMode.FourEyes);
        policy.ApproverGroups.ShouldBe(["sre"]);
        policy.ApproverSubjects.ShouldBe(["carol"]);
        policy.ApprovalsNeeded.ShouldBe(2);
        policy.PlanLifetime.ShouldBe(TimeSpan.FromMinutes(30));
        policy.GrantLifetime.ShouldBe(TimeSpan.FromMinutes(5));
        policy.MaximumReplicas.ShouldBe(4);
        policy.ImageRegistries.ShouldBe(["registry.example.com/team", "localhost:5000"]);
        policy.Windows.Select(window => window.Name).ShouldBe(["freeze", "office"]);
        policy.SeverityOf(FindingCodes.RunsAsRoot).ShouldBe(FindingSeverity.Block);
        policy.SeverityOf(FindingCodes.NoLimits).ShouldBe(FindingSeverity.Warn);
        policy.SeverityOf(FindingCodes.NoChange).ShouldBe(FindingSeverity.Info);
    }

    [Theory]
    [InlineData("payments", PlanOperation.Restart, ApprovalMode.Requester, 1)]
    [InlineData("payments", PlanOperation.Delete, ApprovalMode.FourEyes, 2)]
    [InlineData("billing", PlanOperation.Restart, ApprovalMode.FourEyes, 2)]
    [InlineData("other", PlanOperation.Delete, ApprovalMode.FourEyes, 1)]
    [InlineData("other", PlanOperation.Scale, ApprovalMode.Requester, 1)]
    [InlineData("Payments", PlanOperation.Apply, ApprovalMode.Requester, 1)]
    public void The_most_specific_rule_holds_whatever_the_order(string namespaceName, PlanOperation operation, ApprovalMode mode, int approvals)
    {
        var policy = Open(Good).Current.EffectiveFor(namespaceName, operation);

        policy.Mode.ShouldBe(mode);
        policy.ApprovalsNeeded.ShouldBe(approvals);
    }

    [Fact]
    public void The_version_is_the_start_of_the_files_hash()
    {
        var first = Open(Good).Current.Version;
        var second = Open(Good + "\n# a remark").Current.Version;

        first.Length.ShouldBe(12);
        first.ShouldNotBe(second);
        Open(Good).Current.Version.ShouldBe(first);
    }

    [Theory]
    [InlineData("", "there are 0")]
    [InlineData("[]", "the policy must be a mapping")]
    [InlineData("version: 2", "line 1: the policy must say 'version: 1'")]
    [InlineData("rules: []", "version: 1")]
    [InlineData("version: 1\nversion: 1", "line")]
    [InlineData("version: 1\nrulez: []", "line 2: 'rulez' is unknown in the policy")]
    [InlineData("version: 1\nrules: 5", "line 2: rules must be a list")]
    [InlineData("version: 1\nrules:\n  - 5", "line 3: each of rules must be a mapping")]
    [InlineData("version: 1\nrules:\n  - mode: requester", "line 3: a rule must name its namespaces")]
    [InlineData("version: 1\nrules:\n  - namespaces: [Upper]", "line 3: a namespace is '*' or a DNS label")]
    [InlineData("version: 1\nrules:\n  - namespaces: [a]\n    operations: [exec]", "line 4: operations must be apply, delete")]
    [InlineData("version: 1\nrules:\n  - namespaces: [a]\n    operations: []", "line 3: operations must not be empty")]
    [InlineData("version: 1\nrules:\n  - namespaces: [a]\n    mode: nobody", "line 4: mode must be requester or four-eyes")]
    [InlineData("version: 1\nrules:\n  - namespaces: [a]\n  - namespaces: [b, a]", "line 4: the rule on line 3 already is for namespace 'a' and every operation")]
    [InlineData("version: 1\nrules:\n  - namespaces: [a]\n    operations: [apply]\n  - namespaces: [a]\n    operations: [scale, apply]", "line 5: the rule on line 3 already is for namespace 'a' and apply")]
    [InlineData("version: 1\ndefaults:\n  approvals: 0", "line 3: approvals must be 1 to 10")]
    [InlineData("version: 1\ndefaults:\n  approvals: two", "line 3: approvals must be a whole number")]
    [InlineData("version: 1\ndefaults:\n  planLifetime: 25h", "line 3: planLifetime must be 1m to 24h")]
    [InlineData("version: 1\ndefaults:\n  grantLifetime: 59s", "line 3: grantLifetime must be 1m to 24h")]
    [InlineData("version: 1\ndefaults:\n  grantLifetime: soon", "line 3: grantLifetime must be a duration")]
    [InlineData("version: 1\ndefaults:\n  maximumReplicas: -1", "line 3: maximumReplicas must be 0 to 1000")]
    [InlineData("version: 1\ndefaults:\n  imageRegistries: ['https://x']", "line 3: an image registry is a host")]
    [InlineData("version: 1\ndefaults:\n  approvers:\n    group: [sre]", "line 4: 'group' is unknown in approvers")]
    [InlineData("version: 1\ndefaults:\n  approvals: 2\n  approvers:\n    subjects: [carol]", "line 3: fewer subjects are listed")]
    [InlineData("version: 1\ndefaults:\n  approvals: 2", "line 3: mode requester without approvers lets one person approve, but 2 approvals are needed")]
    [InlineData("version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2\nrules:\n  - namespaces: [a]\n    mode: requester", "line 7: mode requester without approvers")]
    [InlineData("version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2\nrules:\n  - namespaces: [a]\n    approvers:\n      subjects: [carol]", "line 8: fewer subjects are listed as approvers (1) than approvals are needed (2)")]
    [InlineData("version: 1\ndefaults:\n  approvers:\n    subjects: [carol]\nrules:\n  - namespaces: [a]\n    approvals: 2", "line 7: fewer subjects are listed")]
    [InlineData("version: 1\ndefaults:\n  approvers:\n    groups: [sre]\nrules:\n  - namespaces: [a]\n    mode: four-eyes\n    approvers:\n      groups: []", "line 9: groups must not be empty")]
    [InlineData("version: 1\ndefaults:\n  approvers:\n    subjects: []", "line 4: subjects must not be empty")]
    [InlineData("version: 1\ndefaults:\n  severities:\n    no-such: warn", "line 4: there is no finding 'no-such'")]
    [InlineData("version: 1\ndefaults:\n  severities:\n    privileged: bad", "line 4: privileged must be info, warn")]
    [InlineData("version: 1\ndefaults:\n  severities:\n    field-conflict: warn", "line 4: 'field-conflict' can be acknowledge or block only")]
    [InlineData("version: 1\ndefaults:\n  windows: [none]", "line 3: there is no window 'none'")]
    [InlineData("version: 1\nwindows:\n  - kind: deny", "line 3: a window must have a name")]
    [InlineData("version: 1\nwindows:\n  - {name: a, kind: maybe, length: 1h, timeZone: Etc/UTC}", "line 3: kind must be allow or deny")]
    [InlineData("version: 1\nwindows:\n  - {name: a, kind: deny, length: 8d, timeZone: Etc/UTC}", "line 3: a window's length must be 1m to 7d")]
    [InlineData("version: 1\nwindows:\n  - {name: a, kind: deny, length: 1h, timeZone: Mars/Base}", "line 3: timeZone must be")]
    [InlineData("version: 1\nwindows:\n  - {name: a, kind: deny, length: 1h, timeZone: Etc/UTC, start: 25:00}", "line 3: start must be a time of day")]
    [InlineData("version: 1\nwindows:\n  - {name: a, kind: deny, length: 1h, timeZone: Etc/UTC, days: [someday]}", "line 3: days must be a day")]
    [InlineData("version: 1\nwindows:\n  - {name: a, kind: deny, length: 1h, timeZone: Etc/UTC}\n  - {name: a, kind: deny, length: 1h, timeZone: Etc/UTC}", "line 4: there already is a window 'a'")]
    [InlineData("version: 1\ndefaults: &a {}\nrules: []", "line 2: anchors and aliases are not taken")]
    [InlineData("version: !!int 1", "line 1: tags are not taken")]
    [InlineData("version: 1\n---\nversion: 1", "one YAML document is expected")]
    [InlineData("version: 1\nrules: [[[[[[[[[[[[1]]]]]]]]]]]]", "line 2: the nesting is too deep")]
    [InlineData("version: 1\n@bad", "line 2")]
    [InlineData("? [a]\n: b\nversion: 1", "a key must be a plain text")]
    public void Every_mistake_is_named_with_its_line(string yaml, string expected) =>
        Should.Throw<PolicyException>(() => Open(yaml)).Message.ShouldContain(expected);

    [Fact]
    public void All_mistakes_are_named_at_once_in_the_order_of_their_lines()
    {
        var message = Should.Throw<PolicyException>(() => Open("version: 3\ndefaults:\n  approvals: 11\n  mode: x\nextra: 1")).Message;

        message.ReplaceLineEndings("\n").Split('\n').Skip(1).Select(line => line[..8]).ShouldBe(["- line 1", "- line 3", "- line 4", "- line 5"]);
    }

    [Fact]
    public void A_file_that_is_not_there_or_too_large_stops_the_start()
    {
        Should.Throw<PolicyException>(() => PolicyFile.Open(_path)).Message.ShouldContain("cannot be read");
        Should.Throw<PolicyException>(() => Open("version: 1\n#" + new string('x', PolicyFile.MaximumBytes))).Message.ShouldContain("256 KiB");
        File.WriteAllBytes(_path, [0xff, 0xfe, 0x41]);
        Should.Throw<PolicyException>(() => PolicyFile.Open(_path)).Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void A_changed_file_is_in_force_at_the_next_question()
    {
        var source = Open("version: 1");
        source.Current.EffectiveFor("a", PlanOperation.Apply).ApprovalsNeeded.ShouldBe(1);

        File.WriteAllText(_path, "version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2");

        source.Current.EffectiveFor("a", PlanOperation.Apply).ApprovalsNeeded.ShouldBe(2);
        source.Current.Problem.ShouldBeNull();
    }

    [Fact]
    public void A_bad_version_is_refused_as_a_whole_and_the_last_good_one_kept_and_said_so()
    {
        var source = Open("version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2");
        var good = source.Current.Version;

        File.WriteAllText(_path, "version: 1\ndefaults:\n  approvals: 3\n  mode: anyone");
        var kept = source.Current;
        kept.Version.ShouldBe(good);
        kept.EffectiveFor("a", PlanOperation.Apply).ApprovalsNeeded.ShouldBe(2);
        kept.Problem.ShouldNotBeNull().ShouldContain("line 4");

        File.Delete(_path);
        source.Current.Problem.ShouldNotBeNull().ShouldContain("cannot be read");
        source.Current.Version.ShouldBe(good);

        File.WriteAllText(_path, "version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2");
        source.Current.Problem.ShouldBeNull();
        source.Current.Version.ShouldBe(good);
    }

    [Theory]
    [InlineData("version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2")]
    [InlineData("version: 1\ndefaults:\n  approvals: 2\n  approvers:\n    groups: [sre]")]
    [InlineData("version: 1\ndefaults:\n  approvals: 2\n  approvers:\n    subjects: [carol, dave]")]
    [InlineData("version: 1\ndefaults:\n  mode: four-eyes\n  approvals: 2\nrules:\n  - namespaces: [a]\n    mode: requester\n    approvals: 1")]
    [InlineData("version: 1\ndefaults:\n  approvers:\n    subjects: [carol]\nrules:\n  - namespaces: [a]\n    approvals: 2\n    approvers:\n      groups: [sre]")]
    public void A_policy_that_enough_people_can_meet_is_taken(string yaml) => Open(yaml).Current.Problem.ShouldBeNull();

    [Fact]
    public void Each_new_problem_and_its_end_is_told_once()
    {
        var told = new List<string?>();
        File.WriteAllText(_path, "version: 1");
        var source = PolicyFile.Open(_path, told.Add);

        AskTwice();
        told.ShouldBeEmpty();

        File.WriteAllText(_path, "version: 1\ndefaults:\n  mode: anyone");
        AskTwice();
        told.ShouldHaveSingleItem().ShouldBe(source.Current.Problem);

        File.Delete(_path);
        AskTwice();
        told.Count.ShouldBe(2);
        told[1].ShouldNotBeNull().ShouldContain("cannot be read");

        File.WriteAllText(_path, "version: 1\ndefaults:\n  mode: four-eyes");
        AskTwice();
        told.Count.ShouldBe(3);
        told[2].ShouldBeNull();

        void AskTwice() => _ = (source.Current, source.Current);
    }

    [Fact]
    public void Every_finding_code_has_a_severity_and_a_place_in_a_policy()
    {
        var lines = FindingCodes.All.Select(code => $"    {code}: block");

        var policy = Open($"version: 1\ndefaults:\n  severities:\n{string.Join('\n', lines)}").Current.EffectiveFor("a", PlanOperation.Apply);

        FindingCodes.All.ShouldAllBe(code => policy.SeverityOf(code) == FindingSeverity.Block);
        Should.Throw<ArgumentException>(() => policy.SeverityOf("no-such"));
    }

    private IPolicySource Open(string yaml)
    {
        File.WriteAllText(_path, yaml);
        return PolicyFile.Open(_path);
    }
}

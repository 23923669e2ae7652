namespace InfraGate.Plans.Redaction.Naming;

/// <summary>The words that make a name telling, and those that take it back.</summary>
internal static class SecretVocabulary
{
    /// <summary>After a telling word: the value describes the secret and is not the secret (<c>token_ttl</c>, <c>passwordFile</c>, <c>secretName</c>).</summary>
    public static readonly WordSet AboutASecret = new("""
        age alg algo algorithm algorithms arn at attempts audience audiences authenticator binding bindings bucket budget bytes cache catalog changed class cleaner
        cluster controller count counter created dir directory disabled duration enabled endpoint endpoints error errors exists expiration expire expired expires expiry
        exchange failed failure field fields file filename files filter format found generator handler header headers helper hint in index informer initialized invalid issuer issuers iterations
        kind label labels latency len length lifetime limit limits list lister location manager max metadata method min missing mode mount mounts name names namespace namespaces
        path paths pattern policies policy prefix priority processor projection prompt provider providers rate ref reference references refs refresher
        renewed request requests required requirements reset response retention review reviews ring role rotation rule rules selector server service
        signer size source space state status store strategy strength suffix table template timeout timestamp total ttl type types uri uris url urls usage use used
        valid validation validator validity version versions volume volumes watcher window words
        """);

    /// <summary>Before <c>key</c>: the key opens something.</summary>
    public static readonly WordSet SecretKeys = new("""
        access account admin api apis app application auth cipher client consumer crypt crypto datadog decryption deploy derivation encrypt encryption
        function functions gateway hmac host hub ingest ingestion instrumentation integration jwt jwe jws kms license licence maps master mailgun openai private priv
        publish rest root rsa secret security sendgrid server service session shared sign signature signing sql ssh ssl storage stripe subscription tls
        token twilio vault webhook wrapping write
        """);

    /// <summary>Before <c>key</c>: the key is meant to be known, or is no key to anything.</summary>
    public static readonly WordSet NotSecretKeys = new("public pub foreign primary partition sort cache object sec websocket socket label annotation group routing sort hash range row translation i18n");

    /// <summary>Before <c>pass</c>: no password is passed.</summary>
    public static readonly WordSet NotPasswords = new("proxy fastcgi uwsgi grpc scgi memcached by com first second third single multi dry tests test must health check did will");

    /// <summary>Before <c>token</c>: parsers, pagination and cancellation.</summary>
    public static readonly WordSet NotTokens = new("page next continuation continue resume cancellation cancel unexpected stop eos bos pad unk special sync start end pagination expected invalid syntax");

    /// <summary>Before <c>secret</c>: the name of a Secret object.</summary>
    public static readonly WordSet NotSecrets = new("pull");

    /// <summary>Before <c>secret</c> at the end of a name: who has the secret, so that the value is one.</summary>
    public static readonly WordSet SecretOwners = new("""
        access api app application auth bot client consumer cookie crypto db encryption hmac hook jwt master nextauth oauth oidc root session shared
        signing stripe token totp user webhook
        """);

    /// <summary>Telling only together with a value that looks random.</summary>
    public static readonly WordSet WeakWords = new("credential credentials cred creds tokens secrets keys passwords cookies salt nonce dsn");

    /// <summary>How one-word names of secrets end, longest first.</summary>
    public static readonly (string Ending, CredentialKind Kind)[] Endings =
    [
        ("passphrase", CredentialKind.Password),
        ("encryptionkey", CredentialKind.ApiKey),
        ("privatekey", CredentialKind.ApiKey),
        ("accountkey", CredentialKind.ApiKey),
        ("signingkey", CredentialKind.ApiKey),
        ("accesskey", CredentialKind.ApiKey),
        ("secretkey", CredentialKind.ApiKey),
        ("sharedkey", CredentialKind.ApiKey),
        ("masterkey", CredentialKind.ApiKey),
        ("password", CredentialKind.Password),
        ("passcode", CredentialKind.Password),
        ("requirepass", CredentialKind.Password),
        ("masterauth", CredentialKind.Password),
        ("jsessionid", CredentialKind.Cookie),
        ("phpsessid", CredentialKind.Cookie),
        ("apitoken", CredentialKind.Token),
        ("authkey", CredentialKind.ApiKey),
        ("passwd", CredentialKind.Password),
        ("passwrd", CredentialKind.Password),
        ("apikey", CredentialKind.ApiKey),
        ("dbpass", CredentialKind.Password),
        ("userpass", CredentialKind.Password),
        ("rootpass", CredentialKind.Password),
        ("adminpass", CredentialKind.Password),
        ("redispass", CredentialKind.Password),
        ("pgpass", CredentialKind.Password),
        ("smtppass", CredentialKind.Password),
        ("mailpass", CredentialKind.Password),
        ("secret", CredentialKind.Secret),
        ("token", CredentialKind.Token),
        ("pwd", CredentialKind.Password),
    ];

    /// <summary>One-word names that only look like the above.</summary>
    public static readonly WordSet HarmlessCompounds = new("pagetoken nexttoken nextpagetoken oldpwd imagepullsecret cancellationtoken canceltoken synctoken publickeytoken");
}

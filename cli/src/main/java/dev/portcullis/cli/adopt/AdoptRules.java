package dev.portcullis.cli.adopt;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.principal.PrincipalMapper;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What whoever adopts says about names.
 *
 * @param platform the DataPlatform
 * @param domain of user names; absent: a user is called as the login
 * @param userRule spec.principals.user of the DataPlatform
 * @param providers namespaces of schemas, by the schema's name, with its database and a dot before it or without
 * @param people the namespace where agreements of single people are
 * @param operatorRole what the operator is called on the server
 */
record AdoptRules(
        String platform,
        Optional<String> domain,
        Optional<String> userRule,
        Map<String, String> providers,
        String people,
        String operatorRole) {
    private static final int NEXT_LINE = 0x85;

    /** The user whom the platform's rule calls by the login; empty where it does not. */
    Optional<String> user(String login, PrincipalMapper mapper) {
        String user = domain.map(at -> login + "@" + at).orElse(login);
        if (isBlank(user) || user.length() > Bounds.USER) {
            // no agreement can be for one that is called so
            return Optional.empty();
        }
        @Nullable String rule = userRule.orElse(domain.isPresent() ? "name.split('@')[0]" : null);
        return mapper.map(new Beneficiary.User(user), new PrincipalRules(rule, null, null))
                                instanceof PrincipalMapper.Result.Ok ok
                        && ok.principal().name().equals(login)
                ? Optional.of(user)
                : Optional.empty();
    }

    /** As the API server sees it, for which more is a space than for Java. */
    private static boolean isBlank(String user) {
        return user.codePoints()
                .allMatch(one -> Character.isWhitespace(one) || Character.isSpaceChar(one) || one == NEXT_LINE);
    }

    Optional<String> provider(String database, String schema) {
        return Optional.ofNullable(providers.get(database + "." + schema))
                .or(() -> Optional.ofNullable(providers.get(schema)));
    }
}

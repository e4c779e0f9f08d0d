package dev.portcullis.platform.postgresql;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Major versions of PostgreSQL that a test is about; on others it is skipped. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnVersions.Condition.class)
public @interface OnVersions {
    int from() default 0;

    int to() default Integer.MAX_VALUE;

    /** Compares with the server of this JVM. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), OnVersions.class)
                    .map(versions -> versions.from() <= EmbeddedServer.VERSION
                                    && EmbeddedServer.VERSION <= versions.to()
                            ? ConditionEvaluationResult.enabled("PostgreSQL " + EmbeddedServer.VERSION)
                            : ConditionEvaluationResult.disabled("not about PostgreSQL " + EmbeddedServer.VERSION))
                    .orElse(ConditionEvaluationResult.enabled("every version"));
        }
    }
}

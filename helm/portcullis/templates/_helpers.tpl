{{/* What selects the operator's pods; never changes. */}}
{{- define "portcullis.selector" -}}
app.kubernetes.io/name: portcullis
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: operator
{{- end }}

{{/*
Labels that stay the same from version to version. Admission policies have no others: the operator takes no decision that is older than the last change
of a policy, and a label that changes with each upgrade would make every decision of that moment too old.
*/}}
{{- define "portcullis.constantLabels" -}}
app.kubernetes.io/name: portcullis
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "portcullis.labels" -}}
{{ include "portcullis.constantLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/*
The labels of an object, some of which the user may choose: what is chosen counts.
  root, own (a map)
*/}}
{{- define "portcullis.labelsWith" -}}
{{ toYaml (merge (deepCopy (.own | default dict)) (fromYaml (include "portcullis.labels" .root))) }}
{{- end }}

{{/*
Subjects of a binding.
  what (where they are in the values), subjects
*/}}
{{- define "portcullis.subjects" -}}
{{- range .subjects }}
{{- if and (eq .kind "ServiceAccount") (not .namespace) }}
{{- fail (printf "%s: ServiceAccount %s lacks its namespace" $.what .name) }}
{{- end }}
{{- if and (eq .kind "ServiceAccount") .apiGroup }}
{{- fail (printf "%s: ServiceAccount %s is of the apiGroup \"\": leave apiGroup out" $.what .name) }}
{{- end }}
{{- end }}
{{- toYaml .subjects }}
{{- end }}

{{- define "portcullis.image" -}}
{{- $tag := .Values.image.tag | default .Chart.AppVersion -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ $tag }}{{ end }}
{{- end }}

{{/*
Every object of some files, as it is there, with labels and annotations of this release, in its namespace. The files are what ./try and the tests
apply, so nothing of an object is said twice.
  root, files (a pattern), labels (YAML), annotations (a map), kinds (only these), without (not these names)
*/}}
{{- define "portcullis.objects" -}}
{{- $root := .root -}}
{{- $labels := fromYaml .labels -}}
{{- $annotations := .annotations | default dict -}}
{{- $kinds := .kinds | default list -}}
{{- $without := .without | default list -}}
{{- $found := 0 -}}
{{- range $path, $content := $root.Files.Glob .files }}
{{- range $document := regexSplit "(?m)^---[ \t]*$" ($content | toString) -1 }}
{{- $object := fromYaml $document }}
{{- if hasKey $object "Error" }}
{{- fail (printf "%s: %s" $path $object.Error) }}
{{- end }}
{{- if and (hasKey $object "kind") (or (empty $kinds) (has $object.kind $kinds)) (not (has $object.metadata.name $without)) }}
{{- $found = add1 $found }}
{{- $_ := set $object.metadata "labels" (merge (deepCopy $labels) ($object.metadata.labels | default dict)) }}
{{- if $annotations }}
{{- $_ := set $object.metadata "annotations" (merge (deepCopy $annotations) ($object.metadata.annotations | default dict)) }}
{{- end }}
{{- if hasKey $object.metadata "namespace" }}
{{- $_ := set $object.metadata "namespace" $root.Release.Namespace }}
{{- end }}
{{- range $subject := $object.subjects | default list }}
{{- if hasKey $subject "namespace" }}
{{- $_ := set $subject "namespace" $root.Release.Namespace }}
{{- end }}
{{- end }}
---
{{ toYaml $object }}
{{ end }}
{{- end }}
{{- end }}
{{- if not $found }}
{{- fail (printf "the chart lacks %s" .files) }}
{{- end }}
{{- end }}

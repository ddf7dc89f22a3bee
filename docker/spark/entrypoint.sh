#!/bin/bash
# What Kubernetes starts in the image: Spark calls it with `driver` or `executor`, and tells the rest in the environment.
set -euo pipefail

case "${1:-}" in
driver)
  shift
  address=${SPARK_DRIVER_BIND_ADDRESS:-$(hostname -i)}
  exec "$SPARK_HOME/bin/spark-submit" \
    --conf "spark.driver.bindAddress=$address" \
    --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=$address" \
    --deploy-mode client "$@"
  ;;
executor)
  # Java's options come in variables that are numbered in their order.
  mapfile -t options < <(env | grep '^SPARK_JAVA_OPT_' | sort -t_ -k4 -n | cut -d= -f2-)
  exec "$JAVA_HOME/bin/java" "${options[@]}" -Xms"$SPARK_EXECUTOR_MEMORY" -Xmx"$SPARK_EXECUTOR_MEMORY" \
    -cp "${SPARK_CLASSPATH:-}:$SPARK_HOME/jars/*" \
    org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
    --driver-url "$SPARK_DRIVER_URL" \
    --executor-id "$SPARK_EXECUTOR_ID" \
    --cores "$SPARK_EXECUTOR_CORES" \
    --app-id "$SPARK_APPLICATION_ID" \
    --hostname "$SPARK_EXECUTOR_POD_IP" \
    --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" \
    --podName "$SPARK_EXECUTOR_POD_NAME"
  ;;
*)
  exec "$@"
  ;;
esac

# shellcheck shell=bash
# The command line of every server; sourced. All listen on loopback or on the node's address.

start_containerd() { start containerd containerd --config "$CONF/containerd.toml"; }

# Without fsync: fast, and a crash of the machine may lose the cluster's objects.
start_etcd() {
  local client=https://127.0.0.1:22379 peer=http://127.0.0.1:22380
  start etcd "$BIN/etcd" --name "$NODE" --data-dir "$DATA/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$client" --advertise-client-urls "$client" \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "$NODE=$peer" \
    --cert-file "$PKI/etcd.crt" --key-file "$PKI/etcd.key" --client-cert-auth --trusted-ca-file "$PKI/ca.crt"
}

# By address: exec, logs and port-forward would ask the machine's DNS for the node's name.
start_apiserver() {
  start kube-apiserver "$BIN/kube-apiserver" --bind-address "$NODE_ADDRESS" --advertise-address "$NODE_ADDRESS" \
    --secure-port 6443 --service-cluster-ip-range "$SERVICE_RANGE" \
    --etcd-servers https://127.0.0.1:22379 --etcd-cafile "$PKI/ca.crt" \
    --etcd-certfile "$PKI/apiserver-etcd.crt" --etcd-keyfile "$PKI/apiserver-etcd.key" \
    --client-ca-file "$PKI/ca.crt" --tls-cert-file "$PKI/apiserver.crt" --tls-private-key-file "$PKI/apiserver.key" \
    --anonymous-auth=false --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
    --allow-privileged --kubelet-preferred-address-types InternalIP \
    --kubelet-certificate-authority "$PKI/ca.crt" --kubelet-client-certificate "$PKI/apiserver-kubelet.crt" \
    --kubelet-client-key "$PKI/apiserver-kubelet.key" \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$PKI/service-accounts.pub" \
    --service-account-signing-key-file "$PKI/service-accounts.key"
}

start_controllers() {
  local kubeconfig=$PKI/kube-controller-manager.kubeconfig
  start kube-controller-manager "$BIN/kube-controller-manager" --bind-address 127.0.0.1 --leader-elect=false \
    --kubeconfig "$kubeconfig" --authentication-kubeconfig "$kubeconfig" --authorization-kubeconfig "$kubeconfig" \
    --use-service-account-credentials --service-account-private-key-file "$PKI/service-accounts.key" \
    --root-ca-file "$PKI/ca.crt" --cluster-signing-cert-file "$PKI/ca.crt" --cluster-signing-key-file "$PKI/ca.key" \
    --allocate-node-cidrs=false --flex-volume-plugin-dir "$DATA/volume-plugins"
}

start_scheduler() {
  local kubeconfig=$PKI/kube-scheduler.kubeconfig
  start kube-scheduler "$BIN/kube-scheduler" --bind-address 127.0.0.1 --leader-elect=false \
    --kubeconfig "$kubeconfig" --authentication-kubeconfig "$kubeconfig" --authorization-kubeconfig "$kubeconfig"
}

start_kubelet() {
  start kubelet "$BIN/kubelet" --config "$CONF/kubelet.yaml" --kubeconfig "$PKI/kubelet.kubeconfig" \
    --hostname-override "$NODE" --node-ip "$NODE_ADDRESS" --root-dir "$DATA/kubelet" --cert-dir "$PKI/kubelet"
}

start_proxy() { start kube-proxy "$BIN/kube-proxy" --config "$CONF/kube-proxy.yaml"; }

start_dns() { start coredns "$BIN/coredns" -conf "$CONF/Corefile"; }

start_volumes() {
  start local-volumes "$BIN/local-volumes" -kubeconfig "$PKI/local-volumes.kubeconfig" \
    -directory "$DATA/volumes" -node "$NODE"
}

# shellcheck shell=bash
# The lab's certificates and kubeconfigs, made once; sourced.

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }

make_authority() {
  [[ -f ca.crt ]] && return
  new_key ca
  openssl req -x509 -new -key ca.key -days 3650 -subj /CN=kafka-platform-lab -out ca.crt \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,digitalSignature,keyCertSign,cRLSign
}

make_certificate() { # NAME SUBJECT [SUBJECT-ALTERNATIVE-NAMES]
  [[ -f $1.crt ]] && return
  new_key "$1"
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out "$1.crt" -extfile - <<EXTENSIONS
basicConstraints = CA:FALSE
keyUsage = digitalSignature
extendedKeyUsage = clientAuth, serverAuth
${3:+subjectAltName = $3}
EXTENSIONS
  rm "$1.csr"
}

make_kubeconfig() { # NAME FILE
  cat >"$2" <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
  - name: lab
    cluster:
      server: https://$NODE_ADDRESS:6443
      certificate-authority-data: $(base64 -w0 ca.crt)
users:
  - name: $1
    user:
      client-certificate-data: $(base64 -w0 "$1.crt")
      client-key-data: $(base64 -w0 "$1.key")
contexts:
  - name: lab
    context: { cluster: lab, user: $1 }
current-context: lab
KUBECONFIG
}

make_pki() (
  umask 077
  mkdir -p "$PKI"
  cd "$PKI" || exit
  exec 2>openssl.log # openssl tells its progress there
  make_authority
  local loopback=IP:127.0.0.1,DNS:localhost inside=kubernetes.default
  make_certificate etcd /CN=etcd "$loopback"
  make_certificate apiserver /CN=kube-apiserver \
    "IP:$NODE_ADDRESS,IP:$API_SERVICE_ADDRESS,$loopback,DNS:kubernetes,DNS:$inside,DNS:$inside.svc,DNS:$inside.svc.cluster.local"
  make_certificate kubelet-serving "/CN=$NODE" "IP:$NODE_ADDRESS,DNS:$NODE"
  make_certificate apiserver-etcd /CN=apiserver-etcd
  make_certificate apiserver-kubelet /O=system:masters/CN=apiserver-kubelet
  make_certificate admin /O=system:masters/CN=admin
  make_certificate kubelet "/O=system:nodes/CN=system:node:$NODE"
  local user
  for user in kube-controller-manager kube-scheduler kube-proxy; do make_certificate "$user" "/CN=system:$user"; done
  for user in coredns local-volumes; do make_certificate "$user" "/CN=lab:$user"; done
  for user in kubelet kube-controller-manager kube-scheduler kube-proxy coredns local-volumes; do
    make_kubeconfig "$user" "$PKI/$user.kubeconfig"
  done
  make_kubeconfig admin "$KUBECONFIG_FILE"
  if [[ ! -f service-accounts.pub ]]; then
    openssl genrsa -out service-accounts.key 2048
    openssl rsa -in service-accounts.key -pubout -out service-accounts.pub
  fi
)

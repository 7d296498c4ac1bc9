# shellcheck shell=bash
# The servers' configuration files, from conf/ with the lab's values put in; sourced.

write_configuration() {
  local file target
  while read -r file; do
    target=$CONF/${file#"$LAB/conf/"}
    mkdir -p "$(dirname "$target")"
    sed -e "s#@HOME@#$LAB_HOME#g" -e "s#@NODE@#$NODE#g" -e "s#@BRIDGE@#$BRIDGE#g" \
      -e "s#@NODE_ADDRESS@#$NODE_ADDRESS#g" -e "s#@POD_RANGE@#$POD_RANGE#g" \
      -e "s#@RUNC@#$(command -v runc)#g" -e "s#@PAUSE_IMAGE@#$PAUSE_IMAGE#g" "$file" >"$target"
  done < <(find "$LAB/conf" -type f)
}
